// Makes wwwroot/dist: styles, scripts, fonts and icons. `node build.mjs --watch` keeps styles and scripts fresh.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as esbuild from 'esbuild';
import * as sass from 'sass';
import subsetFont from 'subset-font';

process.chdir(import.meta.dirname);
const out = '../wwwroot/dist';
const target = 'es2022';

async function styles() {
  for (const name of ['site', 'light', 'learn']) {
    const { css } = sass.compile(`src/scss/${name}.scss`, {
      loadPaths: ['node_modules'],
      quietDeps: true,
      silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'], // Bootstrap 5 is written so
    });
    const { code } = await esbuild.transform(css, { loader: 'css', minify: true, target: ['chrome109', 'safari16'] });
    writeFileSync(`${out}/${name}.css`, code);
  }
}

async function scripts() {
  await esbuild.build({
    entryPoints: ['site', 'sheet', 'sheets', 'card', 'chart', 'live', 'keep', 'keep-course', 'learn', 'learn-home', 'learn-send', 'pin', 'attendance/scan', 'attendance/leave'].map((name) => `src/js/${name}.js`),
    entryNames: '[name]', bundle: true, minify: true, format: 'esm', target, legalComments: 'none', outdir: out,
  });
  await esbuild.build({ stdin: { contents: "export { default } from 'jsqr';", resolveDir: '.' }, bundle: true, minify: true, format: 'esm', target, legalComments: 'none', outfile: `${out}/jsqr.js` });
}

// Latin and Vietnamese in two files a weight, without hinting, about 22 kB in all.
async function fonts() {
  const vowels = 'àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ';
  const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
  const text = ascii + vowels + vowels.toUpperCase() + '\u00a0·–—…“”‘’•×→←↑↓°²«»−₫≤≥½€©';
  const package_ = 'node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro';
  for (const script of ['latin', 'vietnamese']) {
    for (const weight of [400, 700]) {
      const source = readFileSync(`${package_}-${script}-${weight}-normal.woff2`);
      const font = await subsetFont(source, text, { targetFormat: 'woff2', noHinting: true, keepFeatures: ['kern'] });
      writeFileSync(`${out}/fonts/be-vietnam-pro-${script}-${weight}.woff2`, font);
      if (script === 'latin') await figures(source, weight);
    }
  }
}

// The font has no tabular figures, so columns get a copy of its digits that are all as wide as the widest.
async function figures(source, weight) {
  const font = await subsetFont(source, '0123456789', { targetFormat: 'truetype', noHinting: true, keepFeatures: [] });
  const tables = new Map(Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i)
    .map((entry) => [font.toString('latin1', entry, entry + 4), font.readUInt32BE(entry + 8)]));
  const [hmtx, count] = [tables.get('hmtx'), font.readUInt16BE(tables.get('hhea') + 34)];
  const digits = Array.from({ length: count - 1 }, (_, i) => hmtx + 4 * (i + 1)); // glyph 0 is the sign for what is missing
  const widest = Math.max(...digits.map((at) => font.readUInt16BE(at)));
  for (const at of digits) {
    const room = widest - font.readUInt16BE(at);
    font.writeUInt16BE(widest, at);
    font.writeInt16BE(font.readInt16BE(at + 2) + Math.round(room / 2), at + 2);
  }
  const even = await subsetFont(font, '0123456789', { targetFormat: 'woff2' });
  writeFileSync(`${out}/fonts/be-vietnam-pro-figures-${weight}.woff2`, even);
}

// One sprite of the icons named in src/icons.json: <svg class="icon"><use href="…/icons.svg#search"/></svg>.
function icons() {
  const names = JSON.parse(readFileSync('src/icons.json', 'utf8'));
  const require = createRequire(import.meta.url);
  const symbol = (id, name) => readFileSync(require.resolve(`bootstrap-icons/icons/${name}.svg`), 'utf8')
    .replace(/<svg[^>]*>/, `<symbol id="${id}" viewBox="0 0 16 16">`).replace('</svg>', '</symbol>')
    .replaceAll(/\s*\n\s*/g, '');
  const symbols = Object.entries(names).map(([id, name]) => symbol(id, name));
  writeFileSync(`${out}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
}

function images() {
  cpSync('src/img', `${out}/img`, { recursive: true });
  cpSync('src/site.webmanifest', `${out}/site.webmanifest`);
}

// The service worker keeps what the scripts of kept pages import, each file by its content.
async function serviceWorker() {
  const files = ['scan.js', 'jsqr.js', 'leave.js', 'learn-send.js'];
  const precache = files.map((file) => ({ url: `/themes/community/dist/${file}`, revision: createHash('sha256').update(readFileSync(`${out}/${file}`)).digest('hex').slice(0, 16) }));
  await esbuild.build({
    entryPoints: ['src/js/sw.js'], bundle: true, minify: true, format: 'iife', target, legalComments: 'none', outdir: out,
    define: { PRECACHE: JSON.stringify(precache), 'process.env.NODE_ENV': '"production"' },
  });
}

rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/fonts`, { recursive: true });
await Promise.all([styles(), scripts(), fonts()]);
icons();
images();
await serviceWorker();

if (process.argv.includes('--watch')) {
  let timer;
  const again = () => Promise.all([styles(), scripts()]).then(icons).then(images).then(serviceWorker).catch((error) => console.error(error.message));
  watch('src', { recursive: true }, () => { clearTimeout(timer); timer = setTimeout(again, 100); });
}

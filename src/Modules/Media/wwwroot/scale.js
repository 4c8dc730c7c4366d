// Makes photographs small before they are sent: an author on a phone pays for each megabyte, and so does every reader afterwards. Without script, or when the browser
// cannot read the picture, the file is sent as it is.
const form = document.querySelector('form[data-scale]');
const input = form.querySelector('input[type=file]');
const status = form.querySelector('[data-status]');
const largest = 1440;
const copies = [480, 960];

async function encode(bitmap, width) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.max(1, Math.round(bitmap.height * width / bitmap.width));
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.8));
  return blob?.type === 'image/webp' ? blob : null; // some browsers cannot write WebP and give PNG
}

async function shrink(file, index, body) {
  const bitmap = /^image\/(jpeg|png|webp)$/.test(file.type) ? await createImageBitmap(file).catch(() => null) : null;
  if (!bitmap) return file;
  const whole = await encode(bitmap, Math.min(largest, bitmap.width));
  const isSmaller = whole && whole.size < file.size;
  const width = isSmaller ? Math.min(largest, bitmap.width) : bitmap.width;
  for (const smaller of copies.filter((copy) => copy < width)) {
    const copy = await encode(bitmap, smaller);
    if (copy) body.append('scaled', copy, `${index}.webp`);
  }
  return isSmaller ? new File([whole], file.name.replace(/\.\w+$/, '') + '.webp', { type: 'image/webp' }) : file;
}

form.addEventListener('submit', async (event) => {
  if (form.dataset.ready || !input.files.length) return;
  event.preventDefault();
  status.textContent = form.dataset.busy;
  const body = new DataTransfer();
  const extra = new FormData();
  for (const [index, file] of [...input.files].entries()) body.items.add(await shrink(file, index, extra));
  input.files = body.files;
  const scaled = new DataTransfer();
  for (const copy of extra.getAll('scaled')) scaled.items.add(copy);
  const field = document.createElement('input');
  Object.assign(field, { type: 'file', name: 'scaled', multiple: true, hidden: true });
  field.files = scaled.files;
  form.append(field);
  form.dataset.ready = '';
  form.requestSubmit(event.submitter);
});

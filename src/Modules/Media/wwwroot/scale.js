// Makes photographs small before they are sent: an author on a phone pays for each megabyte, and so does every reader afterwards. Without script, or when the browser
// cannot read the picture, the file is sent as it is.
const form = document.querySelector('form[data-scale]');
const input = form.querySelector('input[type=file]');
const status = form.querySelector('[data-status]');
const largest = 1440;
const copies = [480, 960];
const isPicture = (file) => /^image\/(jpeg|png|webp)$/.test(file.type);

function draw(bitmap, width) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.max(1, Math.round(bitmap.height * width / bitmap.width));
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The canvas in that format; null when the browser cannot write it and gives PNG. */
async function encode(canvas, type) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, 0.8));
  return blob?.type === type ? blob : null;
}

/** JPEG knows nothing that one sees through. */
function isOpaque(bitmap) {
  const small = draw(bitmap, Math.min(64, bitmap.width));
  return small.getContext('2d').getImageData(0, 0, small.width, small.height).data.every((value, index) => index % 4 !== 3 || value === 255);
}

async function shrink(file, index, body) {
  const bitmap = isPicture(file) ? await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null) : null;
  if (!bitmap) return file;
  const canvas = draw(bitmap, Math.min(largest, bitmap.width));
  const webp = await encode(canvas, 'image/webp');
  const whole = webp ?? (isOpaque(bitmap) ? await encode(canvas, 'image/jpeg') : null);
  const isSmaller = whole && whole.size < file.size;
  const width = isSmaller ? canvas.width : bitmap.width;
  for (const smaller of webp ? copies.filter((copy) => copy < width) : []) {
    const copy = await encode(draw(bitmap, smaller), 'image/webp');
    if (copy) body.append('scaled', copy, `${index}.webp`);
  }
  return isSmaller ? new File([whole], file.name.replace(/\.\w+$/, '') + (webp ? '.webp' : '.jpg'), { type: whole.type }) : file;
}

let isReady = false;
form.addEventListener('submit', async (event) => {
  if (isReady || ![...input.files].some(isPicture)) return;
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
  isReady = true;
  form.requestSubmit(event.submitter);
});

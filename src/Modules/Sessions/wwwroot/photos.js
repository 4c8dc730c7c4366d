// Scales photographs down before they are sent: a sheet stays readable at 2,000 pixels, at a tenth of the bytes. Place and device are left out with that.
const LONGEST = 2000;
const input = document.querySelector('[data-photos] input[type=file]');

async function scaled(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.8));
    return new File([blob], file.name.replace(/\.\w+$/, '.jpg'), { type: blob.type });
  } catch {
    return file; // not a picture that the browser reads: the server says so
  }
}

let running = Promise.resolve();
input.addEventListener('change', () => {
  const files = [...input.files];
  running = Promise.all(files.map(scaled)).then(smaller => {
    const list = new DataTransfer();
    smaller.forEach(file => list.items.add(file));
    input.files = list.files;
  });
});
input.form.addEventListener('submit', async event => {
  event.preventDefault();
  await running;
  input.form.submit();
});

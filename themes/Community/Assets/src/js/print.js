// A button with data-print prints the page; the print styles leave the frame out.
for (const button of document.querySelectorAll('[data-print]')) button.addEventListener('click', () => window.print());

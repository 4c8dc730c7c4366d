// Small things that scripts which write on the page share.

export const fill = (text, ...values) => values.reduce((all, value, index) => all.replaceAll(`{${index}}`, value), text);
export const time = (at) => new Date(at).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
export const day = (at) => new Date(at).toLocaleDateString('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric' });

export const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(Object.assign(document.createElementNS('http://www.w3.org/2000/svg', 'use')));
  svg.firstChild.setAttribute('href', `#i-${name}`);
  return svg;
}

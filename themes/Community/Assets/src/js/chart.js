// Draws the figures of table[data-chart="bar|stacked|line"] above it, in the box that data-chart-into names. The
// column with data-names (else the first) gives the names, the columns with data-series the values; rows in <tfoot> stay out. Without script the table is enough.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

const number = new Intl.NumberFormat(document.documentElement.lang || 'vi');
const toNumber = (text) => Number(text.replace(/[^\d,-]/g, '').replace(',', '.'));
const drawn = new Map();

// A long name takes more lines, else it is cut at the edge or tilted.
function lines(name, width) {
  const found = [];
  for (const word of name.split(' ')) {
    if (found.length && found.at(-1).length + word.length < width) found.push(`${found.pop()} ${word}`);
    else found.push(word);
  }
  return found;
}

function read(table) {
  const heads = [...table.querySelectorAll('thead th')];
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const names = Math.max(0, heads.findIndex((head) => head.dataset.names));
  const series = heads.map((head, column) => ({ head, column })).filter(({ head }) => head.dataset.series);
  return {
    labels: rows.map((row) => row.cells[names].textContent.trim()),
    series: series.map(({ head, column }) => ({
      label: head.textContent.trim(),
      tone: head.dataset.series,
      data: rows.map((row) => toNumber(row.cells[column].dataset.value ?? row.cells[column].textContent)),
    })),
  };
}

function draw(table) {
  drawn.get(table)?.destroy();
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const kind = table.dataset.chart;
  const { labels, series } = read(table);
  const box = document.getElementById(table.dataset.chartInto);
  box.hidden = false;
  const lying = kind !== 'line' && box.clientWidth < 560; // names of places read better lying down on a phone
  const letters = lying ? 18 : Math.max(8, Math.floor(box.clientWidth / labels.length / 9));
  box.classList.toggle('chart-tall', lying && labels.length > 8);
  const canvas = box.querySelector('canvas') ?? box.appendChild(document.createElement('canvas'));
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', table.caption?.textContent.trim() ?? '');
  const grid = { color: colour('line') };
  const none = { display: false };
  const ticks = { color: colour('ink') };
  const figures = { beginAtZero: true, stacked: kind === 'stacked', grid, ticks: { ...ticks, callback: (value) => number.format(value), maxTicksLimit: 6 }, border: none };
  const names = { stacked: kind === 'stacked', grid: none, ticks: { ...ticks, autoSkip: false, maxRotation: labels.length > 16 ? 60 : 0 } };

  Chart.defaults.font = { family: style.getPropertyValue('--bs-body-font-family'), size: lying ? 14 : 15 };
  drawn.set(table, new Chart(canvas, {
    type: kind === 'line' ? 'line' : 'bar',
    data: {
      labels: labels.map((label) => lines(label, letters)),
      datasets: series.map(({ label, tone, data }) => ({
        label, data, backgroundColor: colour(tone), borderColor: colour(tone), borderRadius: 4, borderWidth: kind === 'line' ? 3 : 0, maxBarThickness: 40,
      })),
    },
    options: {
      animation: false,
      indexAxis: lying ? 'y' : 'x',
      maintainAspectRatio: false,
      scales: lying ? { x: figures, y: names } : { x: names, y: figures },
      plugins: {
        legend: { display: series.length > 1, align: 'start', labels: { color: colour('ink'), boxWidth: 16, boxHeight: 16 } },
        tooltip: { callbacks: { title: ([{ dataIndex }]) => labels[dataIndex], label: ({ dataset, raw }) => ` ${dataset.label}: ${number.format(raw)}` } },
      },
    },
  }));
}

const drawAll = () => document.querySelectorAll('table[data-chart]:not([data-chart=""])').forEach(draw);
drawAll();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });

// On paper the ink is dark, whatever the screen shows.
let theme;
addEventListener('beforeprint', () => {
  theme = document.documentElement.dataset.bsTheme;
  document.documentElement.dataset.bsTheme = 'light';
  drawAll();
});
addEventListener('afterprint', () => {
  if (theme) document.documentElement.dataset.bsTheme = theme;
  else delete document.documentElement.dataset.bsTheme;
});

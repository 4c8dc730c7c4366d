// What a light page has of site.js, in one file with its own script: on a slow line each further file costs its way there and back.
import './theme.js';
import './text-size.js';
import './menus.js';
import './toasts.js';
import './kept.js';
import './leaving.js';

document.documentElement.dataset.js = '';

// On every page. Everything here makes a page more comfortable; nothing here is needed to use it.
import './theme.js';
import './text-size.js';
import './search-box.js';
import './menus.js';
import './toasts.js';
import './auto-submit.js';
import './current-link.js';
import './copy.js';
import './print.js';
import './kept.js';
import './leaving.js';
import './learning.js';

document.documentElement.dataset.js = '';

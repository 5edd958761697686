/** `npm run bench:reload`: how long the thread that answers people stands still while a pack is loaded. */
import '../../bench/reload'

/** `npm run bench:turn`: turns a second, beside a bare echo bot. */
import '../../bench/turn'

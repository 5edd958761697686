/** `npm run bench:ladder`: is the order of the rungs any good, for simulated people. */
import '../../bench/ladder'

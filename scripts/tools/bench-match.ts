/** `npm run bench:match`: how good and how fast the matcher is, beside other engines. */
import '../../bench/match'

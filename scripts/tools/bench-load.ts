/** `npm run bench:load`: many open chats and so many messages a second. */
import '../../bench/load'

/** `npm run bench:widget`: what the chat costs a page and a person on a slow phone, beside stock Web Chat. */
import '../../bench/widget'

import { setFlagsFromString } from 'node:v8'

/**
 * How the heap grows once the server is ready. Left to itself it may grow to several times what it holds before it is
 * collected; by then what lasts lies in between everywhere, and nothing of it is given back: 10,000 open chats took
 * 20 KB each, and take 12 KB with this. It costs a collection more often, most of it beside the event loop.
 */
export function settleHeap(): void {
  setFlagsFromString('--heap-growing-percent=60')
  // scripts/start.mjs keeps the young generation from growing while the server loads.
  setFlagsFromString('--semi-space-growth-factor=2')
}

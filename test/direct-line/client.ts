import type * as Client from 'botframework-directlinejs'
import { WebSocket } from 'ws'
import { XMLHttpRequestOverFetch } from './xml-http-request'

Object.assign(globalThis, {
  self: globalThis,
  WebSocket,
  XMLHttpRequest: XMLHttpRequestOverFetch,
})

/** The unmodified client, as published for browsers: one file with everything in it. */
export const { ConnectionStatus, DirectLine } =
  require('botframework-directlinejs/dist/directline.js') as typeof Client
export type { Activity } from 'botframework-directlinejs'
export type DirectLineClient = Client.DirectLine

export { createWebhookDesk } from './webhook-desk'
export type { WebhookDesk, WebhookDeskOptions } from './webhook-desk'

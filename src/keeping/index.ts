export { Erasure } from './erasure'
export { Retention } from './retention'
export { keepingRoutes } from './routes'

import { nats } from './nats.mjs'
import { startPrivate } from './private-server.mjs'

export const startNats = (options = {}) => startPrivate(nats, options)

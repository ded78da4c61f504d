import { postgres } from './postgres.mjs'
import { startPrivate } from './private-server.mjs'

export const startPostgres = (options = {}) => startPrivate(postgres, options)

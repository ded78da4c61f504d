export { MailRoom } from './mail-room.js'
export type { SentEvent } from './questions.js'

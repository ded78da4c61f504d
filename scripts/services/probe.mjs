import { connect } from 'node:net'

const patienceMs = 2_000

/**
 * Says something to a port and answers the first thing heard that `understood` makes something of;
 * undefined when nobody listens or nothing of the kind is said in time.
 */
function converse({ host = '127.0.0.1', port, greeting }, understood) {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    let heard = Buffer.alloc(0)
    const end = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(patienceMs, () => end(undefined))
    socket.on('error', () => end(undefined))
    socket.on('close', () => end(undefined))
    socket.on('connect', () => greeting && socket.write(greeting))
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk])
      const answer = understood(heard.toString('latin1'), socket)
      if (answer !== undefined) end(answer)
    })
  })
}

/** The id of the process behind the port, or 0 when it answers but does not tell strangers; null while it still loads. */
export async function redisProcess(address) {
  return await converse({ ...address, greeting: 'INFO\r\n' }, (heard) => {
    if (heard.startsWith('-LOADING')) return null
    if (heard.startsWith('-')) return 0
    const [, length = '', text = ''] = /^\$(\d+)\r\n(.*)/s.exec(heard) ?? []
    if (length === '' || text.length < Number(length)) return undefined
    // It tells of itself before it has read what it kept, when it answers nothing else yet.
    if (/^loading:1\r$/m.test(text)) return null
    return Number(/^process_id:(\d+)\r$/m.exec(text)?.[1] ?? 0)
  })
}

/** True once sessions can begin; a server that asks for a password answers too. */
export async function postgresAnswers(address) {
  return (await converse({ ...address, greeting: startupMessage() }, postgresReply)) === true
}

function postgresReply(heard, socket) {
  // An authentication request comes even while the server still recovers; only what follows it tells.
  if (heard[0] === 'E') return !heard.includes('C57P03\0')
  if (heard[0] !== 'R' || heard.length < 9) return undefined
  if (heard.slice(5, 9) !== '\0\0\0\0') return true
  if (heard.includes('C57P03\0')) return false
  if (!heard.includes('Z\0\0\0\x05')) return undefined
  socket.write(Buffer.from('X\0\0\0\x04', 'latin1'))
  return true
}

function startupMessage() {
  const body = Buffer.from('\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1')
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([length, body])
}

/** What the server says of itself when somebody connects. */
export function natsInfo(address) {
  return converse(address, (heard) => {
    const end = heard.indexOf('\r\n')
    if (end < 0) return undefined
    return heard.startsWith('INFO ') ? JSON.parse(Buffer.from(heard.slice(5, end), 'latin1').toString()) : null
  })
}

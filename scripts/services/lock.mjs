import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { lives } from './lives.mjs'
import { pause } from './server-process.mjs'

const patienceMs = 300_000
const pollMs = 50

/** Does the work while no other process does work under the same file. A lock whose owner died is broken. */
export async function withLock(file, work) {
  const mine = `${process.pid} ${Math.random()}`
  await acquire(file, mine)
  try {
    return await work()
  } finally {
    if (contentOf(file) === mine) rmSync(file, { force: true })
  }
}

async function acquire(file, mine) {
  const deadline = Date.now() + patienceMs
  while (!create(file, mine)) {
    const seen = contentOf(file)
    if (seen !== undefined && !lives(Number(seen.split(' ')[0]))) breakLock(file, seen)
    else if (Date.now() > deadline)
      throw new Error(`${file} is held by process ${seen}. Remove it if that has nothing to do with it.`)
    else await pause(pollMs)
  }
}

/** The file appears with its content or not at all. */
function create(file, content) {
  const draft = `${file}.${content.replace(' ', '.')}`
  writeFileSync(draft, content)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** One process at a time breaks locks, else the second would break the one that the first then took. */
function breakLock(file, seen) {
  const guard = `${file}.breaking`
  try {
    mkdirSync(guard)
  } catch {
    if (ageOf(guard) > 10_000) removeFolder(guard)
    return
  }
  if (contentOf(file) === seen) rmSync(file, { force: true })
  removeFolder(guard)
}

function removeFolder(folder) {
  try {
    rmdirSync(folder)
  } catch {
    // Somebody else was faster.
  }
}

function ageOf(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function contentOf(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

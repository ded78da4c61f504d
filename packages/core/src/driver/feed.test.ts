import { describe, expect, it } from 'vitest'
import { refOf, type Telling } from '../machine/index.js'
import { BEGINNING, callOf, claimOf, Feed, type Item, inOrder, isBehind, type Position, parsePosition } from './feed.js'
import type { WorkflowStreamEvent } from './stream-event.js'

const MOST_KEPT = 1_024

const at = (version: number, n = 0): Position => ({ ref: refOf(version, 0), n })
const placed = (version: number, n = 0): Item => ({ position: at(version, n) })
/** Held back: it has no place yet, but one that it hopes for. */
const heldBack = (version: number): Item => ({ position: undefined, ref: refOf(version, 0) })
const live = { live: { call: '1:0', n: 0 } }

/** A feed that begins with version 1 and has these. */
function feedOf(...items: readonly Item[]): Feed {
  const feed = new Feed()
  feed.skipTo(refOf(1, 0))
  feed.add(items, refOf(1 + items.length, 0))
  return feed
}

/** Whether it was woken since it was asked. */
async function isWoken(feed: Feed, by: () => void): Promise<boolean> {
  let woken = false
  void feed.changed().then(() => {
    woken = true
  })
  by()
  await Promise.resolve()
  await Promise.resolve()
  return woken
}

describe('a feed', () => {
  it('says where to begin behind a place', () => {
    const feed = feedOf(placed(1), placed(2, 0), placed(2, 1), placed(3))
    expect([at(1, -1), at(1), at(2), at(2, 1), at(3)].map((place) => feed.from(place))).toEqual([1, 2, 3, 4, 5])
    expect(feed.at(3)).toEqual(placed(2, 1))
    expect([feed.oldest, feed.end]).toEqual([1, 5])
  })

  it('knows nothing before the run is read', () => {
    const feed = new Feed()
    expect(feed.from(BEGINNING)).toBeUndefined()
    expect(feed.now).toEqual({ ref: Number.POSITIVE_INFINITY, n: -1 })
  })

  it('does not answer for what came before it', () => {
    const feed = new Feed()
    feed.skipTo(refOf(3, 0))
    expect(feed.from(at(2))).toBeUndefined()
    expect(feed.from(at(3, -1))).toBe(1)
    expect(feed.now).toEqual(at(3, -1))
  })

  it('puts what has no place behind what came before it', () => {
    const feed = feedOf(placed(1))
    feed.addLive(live)
    feed.add([placed(2)], refOf(3, 0))
    expect([at(1, -1), at(1), at(2)].map((place) => feed.from(place))).toEqual([1, 2, 4])
    expect(feed.at(2)).toEqual({ position: undefined, ...live })
  })

  it('takes what is held back for what stands where it hopes to', () => {
    const feed = feedOf(placed(1), heldBack(2), heldBack(3))
    expect([at(1), at(2, -1), at(3)].map((place) => feed.from(place))).toEqual([2, 2, 3])
  })

  it('tells who has read all of it to look elsewhere when something was passed over', () => {
    const feed = feedOf(placed(1))
    const { end } = feed
    feed.skipTo(refOf(2, 0))
    expect([feed.end, feed.isGone(end)]).toEqual([end, false])
    feed.skipTo(refOf(5, 0))
    expect([feed.isGone(end), feed.end, feed.oldest, feed.at(end)]).toEqual([true, end + 1, end + 1, undefined])
    expect([feed.from(at(1)), feed.from(at(5, -1))]).toEqual([undefined, end + 1])
  })

  it('wakes whoever waits with each event, with what was passed over and with its end', async () => {
    const feed = feedOf()
    expect(await isWoken(feed, () => undefined)).toBe(false)
    expect(await isWoken(feed, () => feed.add([], refOf(2, 0)))).toBe(false)
    expect(await isWoken(feed, () => feed.add([placed(2)], refOf(3, 0)))).toBe(true)
    expect(await isWoken(feed, () => feed.addLive(live))).toBe(true)
    expect(await isWoken(feed, () => feed.skipTo(refOf(9, 0)))).toBe(true)
    expect(feed.isClosed).toBe(false)
    expect(await isWoken(feed, () => feed.close())).toBe(true)
    expect(feed.isClosed).toBe(true)
  })
})

describe('a feed that is full', () => {
  const versions = Array.from({ length: MOST_KEPT }, (_, index) => placed(index + 1))

  it('keeps the newer half', () => {
    const feed = feedOf(...versions)
    expect(feed.oldest).toBe(1)
    feed.add([placed(MOST_KEPT + 1)], refOf(MOST_KEPT + 2, 0))
    const gone = MOST_KEPT / 2 + 1
    expect([feed.oldest, feed.end]).toEqual([1 + gone, MOST_KEPT + 2])
    expect([feed.isGone(gone), feed.isGone(gone + 1)]).toEqual([true, false])
    expect([feed.from(at(gone - 1)), feed.from(at(gone))]).toEqual([undefined, gone + 1])
    expect(feed.at(feed.oldest)).toEqual(placed(gone + 1))
  })

  it('says who has missed what no journal has', () => {
    const feed = feedOf(placed(1), heldBack(2), ...versions.slice(1, MOST_KEPT - 2))
    expect(feed.hasLost(BEGINNING, 0)).toBe(false)
    feed.add([placed(MOST_KEPT), placed(MOST_KEPT + 1)], refOf(MOST_KEPT + 2, 0))
    expect([2, 3].map((seen) => feed.hasLost(at(1), seen))).toEqual([true, false])
    expect([at(1), at(2, -1), at(2)].map((place) => feed.hasLost(place, 0))).toEqual([true, true, false])
  })

  it('leaves it to the numbers of live chunks to say that they are missing', () => {
    const feed = feedOf(placed(1))
    feed.addLive(live)
    feed.add(versions.slice(1), refOf(MOST_KEPT + 2, 0))
    expect(feed.oldest).toBeGreaterThan(2)
    expect(feed.hasLost(BEGINNING, 0)).toBe(false)
  })

  it('has lost before what comes next what was the last thing in it', () => {
    const feed = feedOf(placed(1), heldBack(2))
    feed.skipTo(refOf(8, 0))
    expect([at(1), at(8, -1)].map((place) => feed.hasLost(place, 0))).toEqual([true, false])
  })
})

describe('places', () => {
  it('number what one entry has led to', () => {
    const event = { type: 'workflow-paused' } as WorkflowStreamEvent
    const told = [refOf(1, 0), refOf(1, 0), refOf(1, 2)].map((ref) => ({ ref }) as Telling)
    const lines = inOrder(told, () => [{ event }, { isHushed: true }])
    expect(lines.map(({ position }) => position)).toEqual([
      ...[0, 1, 2, 3].map((n) => ({ ref: refOf(1, 0), n })),
      ...[0, 1].map((n) => ({ ref: refOf(1, 2), n })),
    ])
    expect(lines.map((one) => one.event?.position)).toEqual([
      '1.0.0',
      undefined,
      '1.0.2',
      undefined,
      '1.2.0',
      undefined,
    ])
    expect(event.position).toBeUndefined()
    expect(lines[1]).toEqual({ isHushed: true, position: { ref: refOf(1, 0), n: 1 } })
  })

  it('are read as they were written, and nothing else is', () => {
    expect(parsePosition('3.1.2')).toEqual({ ref: refOf(3, 1), n: 2 })
    expect(parsePosition('12.34.567')).toEqual({ ref: refOf(12, 34), n: 567 })
    const wrong = ['', '3.1', '3.1.2.4', 'x3.1.2', '3.1.2x', '3.-1.2', '3.1048576.0', '999999999999999.0.0', 'a.b.c']
    expect(wrong.filter((text) => parsePosition(text) !== undefined)).toEqual([])
    expect(parsePosition('3.1048575.0')).toEqual({ ref: refOf(3, 1_048_575), n: 0 })
  })

  it('lie behind each other by entry first and then by number', () => {
    expect(isBehind(at(2, 0), at(1, 9))).toBe(true)
    expect(isBehind(at(1, 9), at(2, 0))).toBe(false)
    expect([0, 1, 2].map((n) => isBehind(at(1, n), at(1, 1)))).toEqual([false, false, true])
  })

  it('of a call are those of its claim', () => {
    expect(claimOf(callOf({ at: '0.1', claim: 71 }))).toBe(71)
    expect(callOf({ at: '0.1', claim: 71 })).not.toBe(callOf({ at: '0.2', claim: 71 }))
  })
})

import { describe, expect, it } from 'vitest'
import { checkPublish, checkSubscribe } from './check-hints.js'

const take = async (): Promise<void> => undefined

describe('what every pub/sub refuses', () => {
  it.for([
    ['topic', '', []],
    ['topic', undefined, []],
    ['hints', 't', 'text'],
    ['hints', 't', ['a', 1]],
    ['hints', 't', undefined],
  ] as const)('a publish by its %s', ([field, topic, hints]) => {
    const publish = (): void => checkPublish(topic as string, hints as readonly string[])
    expect(publish).toThrow(expect.objectContaining({ code: 'WF_INVALID_OPTION', field }))
  })

  it.for([
    ['topic', { topic: '' }],
    ['options', { options: undefined }],
    ['options', { options: null }],
    ['group', { options: { group: '' } }],
    ['group', { options: { group: 7 } }],
    ['slots', { options: { slots: 7 } }],
    ['take', { take: undefined }],
  ] as const)('a subscribe by its %s', ([field, wrong]) => {
    const call = { topic: 't', options: {}, take, ...wrong }
    const subscribe = (): void => checkSubscribe(call.topic, call.options as object, call.take as typeof take)
    expect(subscribe).toThrow(expect.objectContaining({ code: 'WF_INVALID_OPTION', field }))
  })

  it('nothing that is sound', () => {
    checkPublish('__proto__', ['', '\0', '\ud800'])
    checkSubscribe('t', { group: 'g', slots: () => 1 }, take)
    checkSubscribe('t', {}, take)
  })
})

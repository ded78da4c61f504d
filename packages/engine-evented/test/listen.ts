import type { FlowEvent, PubSub, Workflow } from '@wf/core'
import { cancelTopic, restTopic, workTopic } from '@wf/core/hints'

export interface Heard extends FlowEvent {
  readonly v: number
  readonly topic: 'work' | 'rest' | 'cancel'
  readonly bytes: number
}

/** A plain listener to the topics of some workflows, as anybody may be one. */
export async function listenTo(pubsub: PubSub, ...workflows: readonly Workflow[]): Promise<readonly Heard[]> {
  const heard: Heard[] = []
  const listen = (topic: Heard['topic'], name: string) =>
    pubsub.subscribe(name, {}, async (hints) => {
      for (const hint of hints) heard.push({ ...JSON.parse(hint), topic, bytes: Buffer.byteLength(hint) })
    })
  await listen('rest', restTopic('default'))
  await listen('cancel', cancelTopic('default'))
  for (const { id, hash } of workflows) await listen('work', workTopic('default', id, hash))
  return heard
}

import type { Commit, Committed } from '@wf/core'
import { type BrokenStorage, broken, isAny, isBased, keyOf, toldAnswers } from './broken-storage.js'

export const brokenRepeats: readonly BrokenStorage[] = [
  onRepeat('storage.repeat.based', 'finds its own commit in the way', (answer, commit) =>
    isBased(commit) ? { status: 'stale', head: answer.head, missed: [] } : answer,
  ),
  onRepeat('storage.repeat.new', 'says that the journal exists', (answer, commit) =>
    commit.base === 'new' ? { status: 'exists', head: answer.head } : answer,
  ),
  onRepeat('storage.repeat.any', 'forgets what was missed', (answer) => ({ ...answer, missed: [] })),
  broken('storage.repeat.after-others', 'answers with the head of today', (sound) => {
    const seen = new Set<string>()
    return toldAnswers(sound, async (answer, { journal, commitId }) => {
      if (answer.status !== 'committed') return answer
      if (!seen.has(commitId)) {
        seen.add(commitId)
        return answer
      }
      const [slice] = await sound.load([{ journal }])
      return { ...answer, head: slice?.header.head ?? answer.head }
    })
  }),
  onRepeat('storage.repeat.sealed', 'looks at the seal first', (answer, commit) =>
    commit.seal === true ? { status: 'sealed', head: answer.head, missed: [] } : answer,
  ),
  broken('storage.repeat.applies-once', 'writes the header each time', (sound) => {
    const seen = new Set<string>()
    return toldAnswers(sound, async (answer, commit) => {
      if (answer.status !== 'committed' || !isAny(commit) || commit.header === undefined) return answer
      const { journal, header, commitId } = commit
      const again = { journal, header, commitId: `${commitId} again`, entries: [], base: { any: answer.head } }
      if (seen.has(commitId)) await sound.commit([again])
      seen.add(commitId)
      return answer
    })
  }),
  broken('storage.repeat.at-once', 'does not know the commits that are on their way', (sound) => {
    const underWay = new Set<string>()
    let doubles = 0
    return {
      async commit(commits) {
        const [first] = commits
        const key = first?.commitId ?? ''
        const double = commits.length === 1 && underWay.has(key)
        underWay.add(key)
        try {
          await Promise.resolve()
          if (!double || first === undefined) return await sound.commit(commits)
          doubles += 1
          return await sound.commit([{ ...first, commitId: `${key} ${doubles}` }])
        } finally {
          underWay.delete(key)
        }
      },
    }
  }),
  broken('storage.repeat.same-call', 'looks for doubles before it writes, not between', (sound) => ({
    commit(commits) {
      const ids = new Set<string>()
      return sound.commit(
        commits.map((commit) => {
          const double = ids.has(`${keyOf(commit.journal)} ${commit.commitId}`)
          ids.add(`${keyOf(commit.journal)} ${commit.commitId}`)
          return double ? { ...commit, commitId: `${commit.commitId} again` } : commit
        }),
      )
    },
  })),
  broken('storage.repeat.refused-again', 'remembers every id that it has seen as written', (sound) => {
    const refused = new Set<string>()
    return toldAnswers(sound, (answer, { commitId }) => {
      if (answer.status === 'stale' && refused.has(commitId)) {
        return { status: 'committed', head: answer.head, at: 0, missed: [] }
      }
      if (answer.status === 'stale') refused.add(commitId)
      return answer
    })
  }),
  broken('storage.repeat.only-by-id', 'takes equal content for a repeated commit', (sound) => {
    const written = new Map<string, Committed>()
    return {
      async commit(commits) {
        const [commit] = commits
        const plain = commit !== undefined && isAny(commit) && commit.header === undefined && commit.seal === undefined
        if (!plain || commits.length > 1 || commit.entries.length === 0) return sound.commit(commits)
        const content = JSON.stringify([commit.journal, commit.entries])
        const known = written.get(content)
        if (known !== undefined) return [known]
        const answers = await sound.commit(commits)
        for (const answer of answers) if (answer.status === 'committed') written.set(content, answer)
        return answers
      },
    }
  }),
]

type Landed = Extract<Committed, { status: 'committed' }>

/** Answers wrongly from the second time on that it is sent the same commit; what is written stays right. */
function onRepeat(rule: string, mistake: string, tell: (answer: Landed, commit: Commit) => Committed): BrokenStorage {
  return broken(rule, mistake, (sound) => {
    const seen = new Set<string>()
    return toldAnswers(sound, (answer, commit) => {
      const name = `${keyOf(commit.journal)} ${commit.commitId}`
      const repeated = seen.has(name)
      seen.add(name)
      return repeated && answer.status === 'committed' ? tell(answer, commit) : answer
    })
  })
}

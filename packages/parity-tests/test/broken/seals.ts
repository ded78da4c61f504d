import {
  type BrokenStorage,
  broken,
  decidedCommits,
  givenCommits,
  isAny,
  isBased,
  namedHead,
  shownHeaders,
  toldAnswers,
} from './broken-storage.js'

export const brokenSeals: readonly BrokenStorage[] = [
  broken('storage.seal.refuses-any', 'lets a commit based on nothing in when it names the head', (sound) =>
    decidedCommits(sound, (commit, found) => {
      const given = namedHead(commit)
      const atHead = found?.header.head.commitId === given?.commitId
      return isAny(commit) && given !== undefined && atHead && found?.header.sealed === true
        ? { ...commit, base: given }
        : commit
    }),
  ),
  broken('storage.seal.head-lands', 'refuses everything that only adds entries', (sound) => ({
    async commit(commits) {
      const found = await sound.load(commits.map(({ journal }) => ({ journal })))
      const answers = []
      for (const [index, commit] of commits.entries()) {
        const header = found[index]?.header
        const adds = isBased(commit) && commit.header === undefined && commit.seal === undefined
        if (adds && header?.sealed === true && header.head.commitId === namedHead(commit)?.commitId) {
          answers.push({ status: 'sealed', head: header.head, missed: [] } as const)
        }
      }
      return answers.length > 0 ? answers : sound.commit(commits)
    },
  })),
  broken('storage.seal.stale-stays-stale', 'calls everything sealed once the journal has ended', (sound) =>
    toldAnswers(sound, async (answer, { journal }) => {
      const [slice] = await sound.load([{ journal }])
      return answer.status === 'stale' && slice?.header.sealed === true ? { ...answer, status: 'sealed' } : answer
    }),
  ),
  broken('storage.seal.lasts', 'opens the journal when a commit changes its header', (sound) =>
    givenCommits(sound, (commit) =>
      isBased(commit) && commit.header !== undefined && commit.seal === undefined ? { ...commit, seal: false } : commit,
    ),
  ),
  broken('storage.seal.opens-again', 'ends a journal for ever', (sound) =>
    givenCommits(sound, ({ seal, ...commit }) => ({
      ...commit,
      ...(seal !== undefined && seal !== false && { seal }),
    })),
  ),
  broken('storage.seal.shows', 'does not show that a journal has ended', (sound) =>
    shownHeaders(sound, () => ({ sealed: false })),
  ),
]

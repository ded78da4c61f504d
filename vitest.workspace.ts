import { existsSync, globSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { defineConfig } from 'vitest/config'

// Not `import`: vite adds it where it belongs, and whatever is required would otherwise get what is for imports.
// Not `module` either: Node does not know it, and what libraries have under it is for bundlers.
const conditions = ['@wf/source', 'node']

const members = globSync('{packages,apps,examples}/*/package.json', { cwd: import.meta.dirname })
  .map((file) => dirname(file))
  // To be copied: its packages are not here.
  .filter((folder) => folder !== 'apps/starter')
  .filter((folder) => existsSync(`${import.meta.dirname}/${folder}/src`))
  .sort()

/** Tests that talk to real servers, which `npm test` starts before; by hand this does. */
const servers = `${import.meta.dirname}/scripts/services/vitest-setup.mjs`
const needsServers = (folder: string) =>
  folder === 'apps/checks' || globSync(`${import.meta.dirname}/${folder}/{src,test}/**/*.live.test.ts`).length > 0

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: members.map((folder) => ({
      root: `${import.meta.dirname}/${folder}`,
      resolve: { conditions },
      ssr: { resolve: { conditions } },
      test: {
        name: basename(folder),
        include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
        // A server on a machine that has much else to do may take its time.
        ...(needsServers(folder) && { globalSetup: servers, testTimeout: 30_000, hookTimeout: 60_000 }),
      },
    })),
  },
})

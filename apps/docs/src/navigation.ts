/** A part of the sidebar. Each source is a file of the repository, or a pattern for those that may come. */
export interface Section {
  readonly title: string
  readonly sources: readonly string[]
}

/** All pages, in the order in which somebody reads them. Titles are the first headings of the files. */
export const navigation: readonly Section[] = [
  {
    title: 'Start',
    sources: ['README.md', 'docs/getting-started.md', 'docs/concepts.md', 'docs/coming-from-mastra.md'],
  },
  {
    title: 'Workflows',
    sources: [
      'docs/constructs.md',
      'docs/drawing.md',
      'docs/suspending.md',
      'docs/failures.md',
      'docs/context.md',
      'docs/events.md',
      'docs/schedules.md',
      'docs/flow-control.md',
      'docs/streams.md',
      'docs/agents.md',
      'docs/time-travel.md',
      'docs/testing-workflows.md',
    ],
  },
  {
    title: 'In production',
    sources: [
      'docs/guarantees.md',
      'docs/choosing-adapters.md',
      'docs/deploying-workers.md',
      'docs/containers.md',
      'docs/operating.md',
      'docs/queries.md',
      'docs/observability.md',
      'docs/changing-workflows.md',
      'docs/errors.md',
      'docs/performance*.md',
    ],
  },
  { title: 'Examples', sources: ['examples/README.md', 'examples/*/README.md', 'apps/{examples,starter}/README.md'] },
  {
    title: 'Adapters',
    sources: ['docs/writing-an-adapter.md', 'docs/testing-an-adapter.md', 'templates/*/README.md', 'docs/parity.md'],
  },
  { title: 'Reference', sources: ['packages/*/README.md'] },
  {
    title: 'Inside',
    sources: ['docs/decisions.md', 'ARCHITECTURE.md', 'docs/field-cases.md', 'CONTRIBUTING.md', 'apps/*/*.md'],
  },
]

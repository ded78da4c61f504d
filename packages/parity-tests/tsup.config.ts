import preset from '../../tsup.preset.js'

export default {
  ...preset,
  entry: { index: 'src/index.ts', simulator: 'src/simulator/index.ts', 'wf-parity': 'src/cli/wf-parity.ts' },
}

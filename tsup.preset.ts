import { defineConfig } from 'tsup'

/** How every published package is built; a package adds only what differs. */
export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'es2023',
  clean: true,
  sourcemap: true,
  // Without this `node:sqlite` loses its prefix and cannot be found.
  removeNodeProtocol: false,
  // Declarations are rolled up against the built neighbours, as a user sees them, not against their source.
  dts: { compilerOptions: { customConditions: [] } },
})

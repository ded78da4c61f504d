/** What somebody waited for in a world has not come, and nothing speaks for its coming. */
export class WaitedInVain extends Error {}

/**
 * Statistics of a queue are of another time than its rows: plans that read all of it are ruled out. Plans are made once
 * for each connection, because the server takes the arrays for reasons to plan anew, which is two thirds of such a call.
 */
export const ATTRIBUTES =
  'language plpgsql set enable_seqscan = off set enable_bitmapscan = off set plan_cache_mode = force_generic_plan set jit = off'

/**
 * What a counter has given out is logged now and then, and whoever publishes does not wait for it. Who joins does: a
 * group that a crash forgets would leave its number to another one.
 */
export const AT_ONCE = "perform set_config('synchronous_commit', 'off', true);"

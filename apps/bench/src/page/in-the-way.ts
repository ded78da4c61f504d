/**
 * Kept by hand: what stands between a line and its targets, told where one of them was missed. What the machine gave at
 * best in the same rounds is told beside it, from the figures.
 */
export const inTheWay: Readonly<Record<string, string>> = {
  P1: 'A step is more than a call: two schemas check its value, a copy isolates it, and facts of its start and its end are folded and committed.',
  P1T: 'A sampled step has a span with its attributes, and making one takes the SDK alone about as long as the whole step takes without it.',
  P2: 'A step that is published is two commits and a hint that is delivered; a hop alone is the delivery only. What is published for it is a topic and the text of a hint.',
  P3: 'Each item and each branch has its own facts, which are folded and committed; `Promise.all` has a call for each.',
  P3B: 'Each step of each nested workflow has its own facts, which are folded and committed, and each nested workflow a beginning and an end besides.',
  P3E: 'Each item and each branch has its own facts, which are folded and committed; where it is published, a hint and its delivery too.',
  P4: 'Besides the hop, which goes through Redis and back, a step is played and committed, and its hint is acknowledged; all of it on the cores that Redis uses too.',
  P5: 'The commit of a step changes the row of its run and inserts its facts in one statement; a plain insert has one row.',
  P6: 'A step that is published is two commits, one after the other, and in between its hint is published, told of and handed out by Postgres or Redis; a plain insert is one commit.',
  P7: 'Commits of many runs go to the server in groups; what is left is the work of engine, driver and server for each of them, on two cores that they share.',
  P8: 'The commit of a step changes the row of its run and inserts its facts, and the engine folds them; a plain insert has one row and no engine.',
  P9: 'Between the resume and the end the step that rested is played again and one more is played, with facts of each.',
  P9E: 'Between the resume and the end the step that rested is played again and one more is played, with facts of each; where they are published, with a hint for each.',
  P9P: 'Between the resume and the end several commits follow one another, and each waits for the disk; the row that compares it with a plain insert says how many that is worth.',
  P10: 'Heap is weighed with all that grew meanwhile, tables and compiled code included, so that nothing at all is hardly ever seen. What makes the slowest runs slow is not known yet.',
  P10E: 'Heap is weighed with all that grew meanwhile, tables and compiled code included, so that nothing at all is hardly ever seen. What makes the slowest runs slow is not known yet.',
  P10P: 'Heap is weighed with all that grew meanwhile, tables and compiled code included, so that nothing at all is hardly ever seen. What makes the slowest runs slow is not known yet.',
  P11: 'A value is checked, copied and made into JSON by the engine, and then sent and written; a plain insert of as much is the sending and the writing.',
  P12: 'All records of the run are read, parsed and folded before its body goes on; reading and parsing as many is the raw limit.',
  P12P: 'All records of the run are read, parsed and folded before its body goes on; reading and parsing as many is the raw limit.',
}

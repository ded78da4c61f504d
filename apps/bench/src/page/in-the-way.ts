/**
 * Kept by hand: what stands between a line and its targets, told where one of them was missed. What the machine gave at
 * best in the same rounds is told beside it, from the figures.
 */
export const inTheWay: Readonly<Record<string, string>> = {
  P1: 'A step is more than a call: two schemas check its value, a copy isolates it, and facts of its start and its end are folded, written as text and committed. No single function takes more than some hundredths of it.',
  P1T: 'A sampled step has a span with its attributes, and making one takes the SDK alone about as long as the whole step takes without it.',
  P2: 'A step that is published is two commits and a hint that is delivered; a hop alone is the delivery only. What is published for it is a topic and the text of a hint.',
  P3: 'Each item and each branch has its own facts, which are folded and committed; `Promise.all` has a call for each. What an item leaves behind, a good kilobyte of facts, rows and values, outlives the first rounds of the garbage collector, which takes its share for each item the longer a list is.',
  P3B: 'Each step of each nested workflow has its own facts, which are folded and committed, and each nested workflow a beginning and an end besides. What an item leaves behind, a good kilobyte of facts, rows and values, outlives the first rounds of the garbage collector, which takes its share for each item the longer a list is.',
  P3E: 'Each item and each branch has its own facts, which are folded and committed; where it is published, a hint and its delivery too. What an item leaves behind, a good kilobyte of facts, rows and values, outlives the first rounds of the garbage collector, which takes its share for each item the longer a list is.',
  P4: 'Besides the hop, which goes through Redis and back, a step is played and committed, and its hint is acknowledged; all of it on the cores that Redis uses too.',
  P5: 'The commit of a step changes the row of its run and inserts its facts in one statement, which alone takes about 1.2 times as long as a plain insert; the rest is what engine, storage and driver do between two statements.',
  P6: 'A step that is published is two commits and the statement that publishes between them, none of which can begin before the one ahead of it has been answered. In a timeline of one step over Postgres the commits took 510 of 939 µs, publishing 265, and all code in this process 165. Over Redis a step writes four times.',
  P7: 'Commits of many runs go to the server in groups; what is left is the work of engine, driver and server for each of them, on two cores that they share.',
  P8: 'The commit of a step changes the row of its run and inserts its facts, and the engine folds them; a plain insert has one row and no engine. With runs side by side most of the time goes into the writing of the log when a group is committed, and into the engine itself.',
  P9: 'Between the resume and the end the step that rested is played again and one more is played, with facts of each.',
  P9E: 'Between the resume and the end the step that rested is played again and one more is played, with facts of each; where they are published, with a hint for each.',
  P9P: 'Between the resume and the end several commits follow one another, and each waits for the disk: three on the default engine, five and two hops where work is published. The row that compares it with a plain insert says how many that is worth.',
  P10: 'Heap is weighed with all that grew meanwhile, tables and compiled code included, so that nothing at all is hardly ever seen. On a storage in memory the rows of a run count too: ids, facts and values as text are more than a kilobyte of it.',
  P10E: 'Heap is weighed with all that grew meanwhile, tables and compiled code included, so that nothing at all is hardly ever seen. On a storage in memory the rows of a run count too: ids, facts and values as text are more than a kilobyte of it.',
  P10P: 'Heap is weighed with all that grew meanwhile, tables and compiled code included, so that nothing at all is hardly ever seen. On a storage in memory the rows of a run count too: ids, facts and values as text are more than a kilobyte of it.',
  P11: 'A value is checked, copied and made into JSON by the engine, and then sent and written; a plain insert of as much is the sending and the writing.',
  P12: 'All records of the run are read, parsed and folded before its body goes on; reading and parsing as many is the raw limit.',
  P12P: 'All records of the run are read, parsed and folded before its body goes on; reading and parsing as many is the raw limit.',
}

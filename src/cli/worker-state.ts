// In: a piece of memory that a thread shares with the one that started it. Out: what the two have to agree on without a message,
// since a thread that computes hears none, and one that died says none.

/** Places in the memory. */
const FILE = 0;
const PHASE = 1;
const IS_TOLD_TO_STOP = 2;

const WORKING = 0;
const WRITING = 1;
const STOPPED = 2;

export class WorkerState {
  readonly memory: Int32Array;

  constructor(memory: Int32Array = new Int32Array(new SharedArrayBuffer(12))) {
    this.memory = memory;
  }

  /** The id of the file that the thread began last. */
  get file(): number {
    return Atomics.load(this.memory, FILE);
  }

  /** Said by the thread. @returns false where it should begin nothing any more */
  begin(id: number): boolean {
    Atomics.store(this.memory, FILE, id);
    Atomics.compareExchange(this.memory, PHASE, WRITING, WORKING);
    return Atomics.load(this.memory, IS_TOLD_TO_STOP) === 0; // asked last: who stops us asks for the phase last
  }

  /** Asked by the thread before it writes. From then on, until it begins another file, nobody ends it. */
  mayWrite(): boolean {
    return Atomics.compareExchange(this.memory, PHASE, WORKING, WRITING) !== STOPPED;
  }

  /** Asked by the other thread. @returns whether this one writes nothing, and never will: it can be ended where it stands */
  stop(): boolean {
    Atomics.store(this.memory, IS_TOLD_TO_STOP, 1);
    return Atomics.compareExchange(this.memory, PHASE, WORKING, STOPPED) !== WRITING;
  }
}

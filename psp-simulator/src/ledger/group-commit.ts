/** What begins and ends a transaction of the database. */
export interface TransactionControl {
  begin(): void;
  commit(): void;
  rollback(): void;
}

interface Waiting {
  resolve(): void;
  reject(error: unknown): void;
}

/** Far less than a PSP takes. */
const WINDOW_MS = 8;

/**
 * Lets everything that comes within 8 ms share one transaction, and thereby one wait for the disk.
 * A result is handed out only when that transaction is durable, so nobody is told what a crash could undo.
 */
export class GroupCommit {
  readonly #control: TransactionControl;
  #group: Waiting[] | undefined;

  constructor(control: TransactionControl) {
    this.#control = control;
  }

  async run<Result>(work: () => Result): Promise<Result> {
    const group = this.#group ?? this.#open();
    let result: Result;
    try {
      result = work();
    } catch (error) {
      // What the work has written up to here can't be told from what the others wrote.
      this.#undo(error);
      throw error;
    }
    await new Promise<void>((resolve, reject) => group.push({ resolve, reject }));
    return result;
  }

  /** Makes what is under way durable now. */
  flush(): void {
    const group = this.#group;
    if (!group) return;
    try {
      this.#control.commit();
      this.#group = undefined;
      for (const { resolve } of group) resolve();
    } catch (error) {
      this.#undo(error);
    }
  }

  #open(): Waiting[] {
    this.#control.begin();
    const group: Waiting[] = [];
    this.#group = group;
    setTimeout(() => {
      if (this.#group === group) this.flush();
    }, WINDOW_MS);
    return group;
  }

  #undo(error: unknown): void {
    const group = this.#group ?? [];
    this.#group = undefined;
    for (const { reject } of group) reject(error);
    this.#control.rollback();
  }
}

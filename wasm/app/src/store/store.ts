/** The records in IndexedDB: written durably, one version after the other, sealed where there is a passphrase. Knows no page. */

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Assessment, Person, SiteTexts, StoredDefinition } from "./model.js";
import { newVault, open, seal, unlock, type Sealed, type VaultRecord } from "./vault.js";

interface Row {
  readonly key: string;
  readonly kind: "person" | "assessment" | "definition" | "texts";
  /** Grows with each write; a write on top of another version is refused. */
  readonly version: number;
  readonly body?: unknown;
  readonly sealed?: Sealed;
}

interface Schema extends DBSchema {
  records: { key: string; value: Row; indexes: { kind: string } };
  vault: { key: string; value: VaultRecord };
}

interface Kinds {
  person: Person;
  assessment: Assessment;
  definition: StoredDefinition;
  texts: SiteTexts;
}

export type Versioned<T> = T & { readonly version: number };

/** Another tab has written this record in the meantime. */
export class Conflict extends Error {}
/** The records are locked. */
export class Locked extends Error {}
/** The disk, or the browser's share of it, is full. */
export class DiskFull extends Error {}

export class Store {
  #db: IDBPDatabase<Schema>;
  #key: CryptoKey | undefined;
  #vault: VaultRecord | undefined;
  #channel = new BroadcastChannel("geras");
  /** Called when another tab has changed something. */
  onchange: (() => void) | undefined;

  private constructor(db: IDBPDatabase<Schema>, vault: VaultRecord | undefined) {
    this.#db = db;
    this.#vault = vault;
    this.#channel.onmessage = async ({ data }) => {
      if (data === "vault") {
        this.#vault = await this.#db.get("vault", "passphrase");
        this.#key = undefined;
      }
      this.onchange?.();
    };
  }

  static async open(): Promise<Store> {
    const db = await openDB<Schema>("geras", 1, {
      upgrade(db) {
        db.createObjectStore("records", { keyPath: "key" }).createIndex("kind", "kind");
        db.createObjectStore("vault");
      },
      blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
    });
    return new Store(db, await db.get("vault", "passphrase"));
  }

  get hasPassphrase(): boolean {
    return this.#vault !== undefined;
  }

  get locked(): boolean {
    return this.#vault !== undefined && this.#key === undefined;
  }

  lock(): void {
    this.#key = undefined;
  }

  /** Whether the passphrase was right. */
  async unlock(passphrase: string): Promise<boolean> {
    if (!this.#vault) return true;
    this.#key = await unlock(passphrase, this.#vault);
    return this.#key !== undefined;
  }

  async get<K extends keyof Kinds>(kind: K, id: string): Promise<Versioned<Kinds[K]> | undefined> {
    const row = await this.#db.get("records", `${kind}/${id}`);
    return row && (this.#read(row) as Promise<Versioned<Kinds[K]>>);
  }

  async all<K extends keyof Kinds>(kind: K): Promise<Versioned<Kinds[K]>[]> {
    const rows = await this.#db.getAllFromIndex("records", "kind", kind);
    return Promise.all(rows.map((row) => this.#read(row) as Promise<Versioned<Kinds[K]>>));
  }

  /** Writes a record on top of the version that was read, or a new one. Answers the new version once it is on the disk. */
  async put<K extends keyof Kinds>(kind: K, id: string, value: Kinds[K], version = 0): Promise<number> {
    const row = await this.#row(kind, id, value, version + 1);
    await this.#write(async (records) => {
      const before = await records.get(row.key);
      if ((before?.version ?? 0) !== version) throw new Conflict();
      await records.put(row);
    });
    return version + 1;
  }

  /** Writes many new records, all or none. Those that are there already stay as they are. */
  async add(entries: readonly { kind: keyof Kinds; id: string; value: Kinds[keyof Kinds] }[]): Promise<void> {
    const rows = await Promise.all(entries.map(({ kind, id, value }) => this.#row(kind, id, value, 1)));
    await this.#write(async (records) => {
      for (const row of rows) if (!(await records.get(row.key))) await records.put(row);
    });
  }

  async remove(keys: readonly { kind: keyof Kinds; id: string }[]): Promise<void> {
    await this.#write(async (records) => {
      for (const { kind, id } of keys) await records.delete(`${kind}/${id}`);
    });
  }

  /** Sets, changes or (with nothing) takes away the passphrase: every record is written anew, all or none. */
  async setPassphrase(passphrase: string): Promise<void> {
    if (this.locked) throw new Locked();
    const rows = await this.#db.getAll("records");
    const bodies = await Promise.all(rows.map(async (row) => ({ row, value: await this.#body(row) })));
    const vault = passphrase ? await newVault(passphrase) : undefined;
    const fresh = await Promise.all(bodies.map(async ({ row: { key, kind, version }, value }): Promise<Row> => ({ key, kind, version: version + 1, ...(await content(vault?.key, kind, value)) })));
    const tx = this.#db.transaction(["records", "vault"], "readwrite", { durability: "strict" });
    const settled = tx.done.catch((reason: unknown) => {
      throw full(reason);
    });
    try {
      const now = await tx.objectStore("records").getAll();
      const moved = now.length !== rows.length || now.some((row, place) => row.version !== rows[place]?.version || row.key !== rows[place]?.key);
      if (moved) throw new Conflict();
      for (const row of fresh) await tx.objectStore("records").put(row);
      if (vault) await tx.objectStore("vault").put(vault.record, "passphrase");
      else await tx.objectStore("vault").delete("passphrase");
    } catch (reason) {
      settled.catch(() => undefined);
      if (reason instanceof Conflict) tx.abort();
      throw full(reason);
    }
    await settled;
    this.#vault = vault?.record;
    this.#key = vault?.key;
    this.#channel.postMessage("vault");
  }

  async #row(kind: keyof Kinds, id: string, value: unknown, version: number): Promise<Row> {
    if (this.locked) throw new Locked();
    const { version: _version, ...plain } = value as { version?: number };
    return { key: `${kind}/${id}`, kind, version, ...(await content(this.#key, kind, plain)) };
  }

  async #body(row: Row): Promise<unknown> {
    if (!row.sealed) return row.body;
    if (!this.#key) throw new Locked();
    return open(this.#key, row.sealed);
  }

  async #read(row: Row): Promise<unknown> {
    const body = (await this.#body(row)) as object;
    // What was stored before there were pathways lacks these.
    const added = row.kind === "assessment" ? { kind: "instrument", uses: [], carried: {} } : {};
    return { ...added, ...body, version: row.version };
  }

  async #write(work: (records: { get(key: string): Promise<Row | undefined>; put(row: Row): Promise<unknown>; delete(key: string): Promise<void> }) => Promise<void>): Promise<void> {
    // Strict: the promise waits for the disk, so that a killed browser has lost nothing.
    const tx = this.#db.transaction("records", "readwrite", { durability: "strict" });
    const settled = tx.done.catch((reason: unknown) => {
      throw full(reason);
    });
    try {
      await work(tx.store);
    } catch (reason) {
      settled.catch(() => undefined);
      try {
        tx.abort();
      } catch {
        // It was over already.
      }
      throw full(reason);
    }
    await settled;
    this.#channel.postMessage("records");
  }
}

/** Definitions are public; everything else is sealed where there is a key. */
async function content(key: CryptoKey | undefined, kind: keyof Kinds, value: unknown): Promise<Pick<Row, "body" | "sealed">> {
  return key && kind !== "definition" ? { sealed: await seal(key, value) } : { body: value };
}

function full(reason: unknown): unknown {
  return reason instanceof DOMException && reason.name === "QuotaExceededError" ? new DiskFull() : reason;
}

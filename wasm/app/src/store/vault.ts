/** The optional passphrase: derives a key from it, seals and opens bodies of records. Keeps the key in memory only. */

/** What OWASP asks of PBKDF2 with SHA-256. */
const ROUNDS = 600_000;

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** What is stored of a passphrase: nothing from which it could be read. */
export interface VaultRecord {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
  /** A known text, to tell a right passphrase from a wrong one. */
  readonly proof: Sealed;
}

const PROOF = "geras";

async function derive(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** A key for a new passphrase, and what to store of it. */
export async function newVault(passphrase: string): Promise<{ key: CryptoKey; record: VaultRecord }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await derive(passphrase, salt, ROUNDS);
  return { key, record: { salt, rounds: ROUNDS, proof: await seal(key, PROOF) } };
}

/** The key, or nothing where the passphrase is wrong. */
export async function unlock(passphrase: string, record: VaultRecord): Promise<CryptoKey | undefined> {
  const key = await derive(passphrase, record.salt, record.rounds);
  try {
    return (await open(key, record.proof)) === PROOF ? key : undefined;
  } catch {
    return undefined;
  }
}

export async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  return { iv, data };
}

export async function open(key: CryptoKey, sealed: Sealed): Promise<unknown> {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
  return JSON.parse(new TextDecoder().decode(plain));
}

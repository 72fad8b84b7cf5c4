/** The posts that wait on this device for a connection, in IndexedDB. Files are kept with them. */

import type { Draft } from "./drafts.ts";

export interface Waiting {
  key: string;
  person: string;
  url: string;
  page: string;
  title: string;
  entries: [name: string, value: FormDataEntryValue][];
  drafts: [key: string, draft: Draft][];
  refused?: string;
}

const SHELF = "waiting";

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("watercooler", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}

async function within<T>(mode: IDBTransactionMode, use: (shelf: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const change = database.transaction(SHELF, mode);
      const request = use(change.objectStore(SHELF));
      change.oncomplete = () => resolve(request.result);
      change.onabort = () => reject(change.error ?? new Error("IndexedDB"));
    });
  } finally {
    database.close();
  }
}

/** Returns what this person has waiting here, oldest first. Somebody else's posts on a shared device stay untouched. */
export async function waiting(person: string): Promise<Waiting[]> {
  const all = await within("readonly", (shelf) => shelf.getAll() as IDBRequest<Waiting[]>);
  return all.filter((post) => post.person === person);
}

export async function add(post: Waiting): Promise<void> {
  await within("readwrite", (shelf) => shelf.put(post));
}

export async function remove(key: string): Promise<void> {
  await within("readwrite", (shelf) => shelf.delete(key));
}

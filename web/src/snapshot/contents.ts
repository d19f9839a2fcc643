/** What a snapshot's archive holds: this, memory, and the shared libraries under their paths in Python. */

import type { Handles } from './engine';

export const CONTENTS = 'contents.json';
export const MEMORY = 'memory.bin';

export interface Contents {
  /** Paths, in the order in which they are linked. */
  libraries: string[];
  handles: Handles;
}

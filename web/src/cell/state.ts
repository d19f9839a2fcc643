/** What a cell is doing, or how its last run ended: its element says so to style sheets and tests. */
export type CellState = 'idle' | 'queued' | 'running' | 'done' | 'error' | 'stopped';

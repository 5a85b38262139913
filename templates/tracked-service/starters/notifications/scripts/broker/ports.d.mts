import type { ChildProcess } from 'node:child_process';

export function isOpen(port: number): Promise<boolean>;
export function assertFree(port: number, option: string): Promise<void>;
export function untilOpen(options: {
  port: number;
  server: ChildProcess;
  timeoutMs: number;
  what: string;
}): Promise<void>;

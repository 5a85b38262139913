export const kafkaLibrary: string;
export function missingForKafka(): string | undefined;
export function downloadKafka(): void;
export function runs(command: string, options: string[]): boolean;

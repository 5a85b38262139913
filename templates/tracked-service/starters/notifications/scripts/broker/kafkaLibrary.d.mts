export function missingForKafka(): string | undefined;

export function isOpen(port: number): Promise<boolean>;

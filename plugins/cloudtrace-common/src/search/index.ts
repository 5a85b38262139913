export * from './searchDocuments';

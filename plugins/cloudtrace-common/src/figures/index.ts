export * from './healthFigures';
export * from './requestFigures';

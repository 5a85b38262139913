export * from './judgeService';
export * from './messages';
export * from './wordJudgement';

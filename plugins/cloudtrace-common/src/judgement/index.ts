export * from './failoverTitle';
export * from './judgeService';
export * from './messageOf';
export * from './messages';
export * from './wordJudgement';
export * from './wordTexts';

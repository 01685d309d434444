/** Texts that are formulas of the language that Batch documents, and texts that are none. Both readers of it are held to them. */

export const FORMULAS: Record<string, string> = {
  'a number': '$TargetDedicatedNodes = 3;',
  'a number that begins with its point': '$TargetDedicatedNodes = 4 * .5;',
  'no semicolon at the end': '$TargetDedicatedNodes=3',
  'pending tasks, as documented': `
    startingNumberOfVMs = 1;
    maxNumberofVMs = 25;
    pendingTaskSamplePercent = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second);
    pendingTaskSamples = pendingTaskSamplePercent < 70 ? startingNumberOfVMs : avg($PendingTasks.GetSample(180 * TimeInterval_Second));
    $TargetDedicatedNodes = min(maxNumberofVMs, pendingTaskSamples);
    $NodeDeallocationOption = taskcompletion;`,
  'a time of the week': `
    $curTime = time();
    $workHours = $curTime.hour >= 8 && $curTime.hour < 18; // UTC
    $isWeekday = $curTime.weekday >= 1 && $curTime.weekday <= 5;
    /* both
       of them */
    $isBusy = $workHours && !$isWeekday || $workHours;
    $TargetDedicatedNodes = $isBusy ? 20 : 10;`,
  'a lifespan': `
    lifespan = time() - time("2026-11-23T08:00:00Z");
    $TargetDedicatedNodes = (lifespan > 2 * TimeInterval_Hour ? (max($RunningTasks.GetSample(TimeInterval_Minute * 5, 70)) == 0 ? 0 : $TargetDedicatedNodes) : 4);`,
  'an expression alone': '$CurrentDedicatedNodes',
  'a list': '$some = [1, 1.5, -2]; $TargetLowPriorityNodes = len($some);'
}

export const NO_FORMULAS: Record<string, { text: string; at: number }> = {
  nothing: { text: '', at: 0 },
  'a comment alone': { text: '// later', at: 8 },
  'a bracket that stays open': { text: 'nonsense(', at: 9 },
  'words beside each other': { text: '$TargetDedicatedNodes = twenty nodes;', at: 31 },
  'no operator between two numbers': { text: '$TargetDedicatedNodes = 3 4;', at: 26 },
  'no semicolon between statements': { text: '$a = 1\n$TargetDedicatedNodes = $a', at: 7 },
  'an operator without an end': { text: '$TargetDedicatedNodes = 3 +', at: 27 },
  'no value': { text: '$TargetDedicatedNodes = ;', at: 24 },
  'half a choice': { text: '$TargetDedicatedNodes = 1 > 0 ? 3;', at: 33 },
  'a bracket too many': { text: '$TargetDedicatedNodes = (3));', at: 27 },
  'a sign that the language lacks': { text: '$TargetDedicatedNodes = 3 # nodes', at: 26 },
  'a text without an end': { text: 'lifespan = time("2026;', at: 16 },
  'a variable without a name': { text: '$ = 3', at: 0 }
}

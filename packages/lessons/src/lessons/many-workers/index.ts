import { formatPercent, html } from '@convbook/page/markup';
import { cutIntoShards } from '@convbook/layers/plan';
import { treeSum } from '@convbook/trainer/sequential';
import { someDigits } from '../../data/mnist.ts';
import type { Lesson } from '../../lesson.ts';
import { orderFigure } from './order-figure.ts';
import { race } from './race.ts';
import { raceFigure } from './race-figure.ts';
import { roundsOf, treeFigure } from './tree-figure.ts';

const shards = cutIntoShards(100, 16);
const sizes = shards.map(({ count }) => count);
const equalRace = race([4, 4, 4, 4, 4, 4, 4, 4], [1, 1, 1]);

/** The share of their time that workers of one speed wait in the figure. */
function waiting(workers: number): string {
  const counts = cutIntoShards(30, 4).map(({ count }) => count);
  const { waits, end } = race(
    counts,
    Array.from({ length: workers }, () => 1),
  );
  return formatPercent(waits.reduce((sum, wait) => sum + wait) / (workers * end), 0);
}

export const manyWorkersLesson: Lesson = {
  id: 'many-workers',
  question: {
    en: 'Two workers can share a batch and be done in half the time. Why does nearly every program then give slightly different numbers, and why does this one not?',
    ko: '워커 둘이 배치를 나누어 계산하면 시간이 절반이면 됩니다. 그런데 왜 대부분의 프로그램은 그때마다 조금씩 다른 수를 내고, 이 프로그램은 그렇지 않을까요?',
  },
  parts: [
    {
      prose: html`<p>
          ${{
            en: html`The loss of a batch is the mean over its images, so its gradient is the mean of
              their gradients: (g<sub>1</sub> + g<sub>2</sub> + … + g<sub>N</sub>) / N. Each image’s
              gradient needs no other image. So workers can take parts of the batch, and only a sum
              is left to do together.`,
            ko: html`배치의 손실은 이미지별 손실의 평균이므로, 배치의 기울기도 이미지별 기울기의
              평균 (g<sub>1</sub> + g<sub>2</sub> + … + g<sub>N</sub>) / N입니다. 이미지 한 장의
              기울기를 구하는 데 다른 이미지는 필요 없습니다. 그래서 워커들이 배치를 나누어 맡을 수
              있고, 함께 할 일은 합을 구하는 것뿐입니다.`,
          }}
        </p>
        <p>
          ${{
            en: 'But a sum in a computer depends on its order. After each addition the result is rounded to the nearest number that fits into 64 or 32 bits, and another order rounds other results. Add three numbers in each order:',
            ko: '그런데 컴퓨터의 합은 더하는 순서에 따라 달라집니다. 한 번 더할 때마다 결과를 64비트나 32비트 실수 가운데 가장 가까운 수로 반올림하는데, 순서가 다르면 반올림하는 값도 다르기 때문입니다. 세 수를 순서를 바꾸어 더해 보십시오.',
          }}
        </p>`,
    },
    {
      figure: orderFigure,
      caption: {
        en: 'Sums that differ from the first row’s are coloured. The float64 sums are made by the trainer’s function for losses, the float32 sums by its kernel for gradients.',
        ko: '첫 행과 다른 합에는 색을 입혔습니다. 64비트 실수의 합은 학습에서 손실을 더하는 함수로, 32비트 실수의 합은 기울기를 더하는 커널로 구했습니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'So the order must not depend on who is fast today. The batch is cut into shards of neighbouring images, by the batch and the shard size alone. Each shard gives one sum; the sums are added by their number, 1 with 2, 3 with 4, and so on up a tree. Change the batch: the tree follows, but no worker appears in it.',
          ko: '그러므로 순서가 그때그때의 속도에 좌우되면 안 됩니다. 배치는 워커 수가 아니라 배치 크기와 샤드 크기만 보고 이웃한 이미지의 묶음인 샤드로 나눕니다. 샤드마다 합을 하나씩 구하고, 그 합을 번호대로 1번과 2번, 3번과 4번처럼 둘씩 더하며 트리를 올라갑니다. 배치 크기를 바꾸어 보십시오. 트리는 따라 바뀌지만 워커는 어디에도 나오지 않습니다.',
        }}
      </p>`,
    },
    {
      figure: treeFigure,
      caption: {
        en: 'Blocks are shards with their images, dots are additions. Sizes are multiples of 8 where the batch allows, because a kernel computes that many images at once.',
        ko: '네모는 샤드와 그 이미지 수이고, 점은 덧셈입니다. 커널이 이미지 여덟 장을 한꺼번에 계산하므로 샤드 크기는 되도록 8의 배수로 잡습니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'Now let workers race. A small network computes the real gradients of 30 digits in 8 shards. A free worker takes the next shard; when nobody has one left, the step goes on. Drag the speeds, and see who waits and in which order the shards arrive. Both columns add the very same eight gradients.',
          ko: '이제 워커들을 경주시켜 봅시다. 작은 신경망이 숫자 이미지 30장의 실제 기울기를 샤드 8개로 나누어 구합니다. 할 일이 없는 워커가 다음 샤드를 가져가고, 남은 샤드가 없을 때 모두 끝나야 다음으로 넘어갑니다. 속도를 끌어서 바꾸며 누가 기다리는지, 샤드가 어떤 순서로 끝나는지 보십시오. 표의 두 열은 똑같은 기울기 여덟 개를 더한 것입니다.',
        }}
      </p>`,
    },
    {
      figure: raceFigure,
      caption: {
        en: 'Drag the orange bars, or use the arrow keys: left and right change the speed, up and down the worker. Hatched: the worker waits. Hashes that differ from one worker’s have a ≠. Speeds are simulated; gradients, sums and hashes are real.',
        ko: '주황색 막대를 끌거나 화살표 키를 쓰십시오. 좌우 키는 속도를 바꾸고 상하 키는 워커를 옮깁니다. 빗금 친 동안은 기다립니다. 워커 하나일 때와 다른 해시에는 ≠를 붙였습니다. 속도는 흉내 낸 것이지만 기울기와 합과 해시는 실제로 계산한 값입니다.',
      },
    },
  ],
  notice: [
    {
      en: '0.1 + 0.2 + 0.3 has two results in float64, and by chance one in float32. Press “Two that cancel”: float32 loses the 1 unless the large numbers meet first, while float64 has room for it. Each kind of number has its own traps, so no order is safe for all numbers.',
      ko: '0.1 + 0.2 + 0.3은 64비트 실수에서 결과가 두 가지이고, 32비트 실수에서는 우연히 한 가지입니다. ‘서로 지워지는 두 수’를 눌러 보십시오. 32비트 실수는 큰 두 수를 먼저 더하지 않으면 1을 잃지만, 64비트 실수에는 1이 들어갈 자리가 있습니다. 어떤 수에서나 안전한 순서는 없습니다.',
    },
    {
      en: 'The hash of the tree is the same in every row and for all speeds. The hash of the order of arrival changes when a worker becomes faster, although nobody changed the network, the images or the seed.',
      ko: '트리로 더한 해시는 어느 행에서든, 속도가 어떻든 같습니다. 끝나는 순서대로 더한 해시는 신경망도 이미지도 시드도 그대로인데 워커 하나만 빨라져도 바뀝니다.',
    },
    {
      en: 'Press “Equal speeds”. Only the last shard, with two images instead of four, still arrives early, and that is enough for another hash. But two and three workers now agree: on a quiet machine such a program seems to repeat itself, and on a busy one it does not.',
      ko: '‘같은 속도’를 눌러 보십시오. 이제 이미지가 네 장이 아니라 두 장인 마지막 샤드만 먼저 끝나는데, 그것만으로도 해시가 달라집니다. 다만 워커가 둘일 때와 셋일 때는 해시가 서로 같습니다. 한가한 컴퓨터에서는 늘 같은 결과가 나오는 것 같다가 바쁜 컴퓨터에서는 달라지는 까닭입니다.',
    },
    {
      en: 'The numbers differ only in the last digits. But each step begins with the weights of the step before, so after some hundred steps two runs are different networks, and nobody can repeat the better one.',
      ko: '차이는 마지막 몇 자리뿐입니다. 그러나 스텝은 언제나 앞 스텝의 가중치에서 시작하므로, 수백 스텝이 지나면 서로 다른 신경망이 되고 더 좋았던 쪽을 다시 만들 수도 없습니다.',
    },
    {
      en: `The step is as slow as its last worker. More shards than workers help: a slow worker takes fewer of them. Eight shards do not divide by three: with equal speeds, three workers wait for ${waiting(3)} of their time, four for ${waiting(4)}.`,
      ko: `스텝은 가장 늦게 끝나는 워커만큼 걸립니다. 샤드가 워커보다 많으면 느린 워커가 샤드를 적게 가져가므로 도움이 됩니다. 샤드 여덟 개는 셋으로 나누어떨어지지 않아서, 속도가 같을 때 워커 셋은 시간의 ${waiting(3)} 동안 기다리지만 넷은 ${waiting(4)}만 기다립니다.`,
    },
    {
      en: 'Shards give sums, not means: the last shard has fewer images, and a mean of means would count them more. One division by the number of images follows at the end.',
      ko: '샤드는 평균이 아니라 합을 냅니다. 마지막 샤드는 이미지가 적어서, 평균을 다시 평균하면 그 이미지들이 더 크게 반영되기 때문입니다. 나눗셈은 마지막에 전체 이미지 수로 한 번만 합니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'A batch of 100 images is cut into shards of at most 16. In how many rounds do their sums become one?',
        ko: '이미지 100장의 배치를 최대 16장인 샤드로 나눕니다. 샤드의 합은 둘씩 더하기를 몇 번 거쳐 하나가 됩니까?',
      },
      answer: roundsOf(shards.length),
      why: {
        en: `The shards have ${sizes.join(', ')} images: ${sizes.length}, then 4, 2 and 1 sums.`,
        ko: `샤드의 이미지 수는 ${sizes.join(', ')}장으로 ${sizes.length}개이고, 합은 4개, 2개, 1개로 줄어듭니다.`,
      },
    },
    {
      question: {
        en: 'Three workers of one speed share eight shards of four images, at one image a second. How many seconds does the step take?',
        ko: '속도가 같은 워커 셋이 네 장짜리 샤드 여덟 개를 나누어, 1초에 한 장씩 계산합니다. 스텝은 몇 초 걸립니까?',
      },
      answer: equalRace.end,
      why: {
        en: 'Two workers compute three shards each, the third computes two and waits: 3 · 4.',
        ko: '두 워커는 샤드 세 개씩, 한 워커는 두 개를 계산하고 기다리므로 3 · 4초입니다.',
      },
    },
    {
      question: {
        en: 'In float64, a tree adds 2⁵³, 1, 1 and −2⁵³ as (2⁵³ + 1) + (1 − 2⁵³). From left to right they would give 0. What does the tree give?',
        ko: '64비트 실수 2⁵³, 1, 1, −2⁵³을 트리로 더하면 (2⁵³ + 1) + (1 − 2⁵³)입니다. 왼쪽부터 차례로 더하면 0입니다. 트리로 더한 결과는 얼마입니까?',
      },
      answer: treeSum([2 ** 53, 1, 1, -(2 ** 53)], 4),
      why: {
        en: '2⁵³ + 1 does not fit and is rounded to 2⁵³, but 1 − 2⁵³ does fit. The exact sum is 2: neither order is right, so the promise is not the right sum but always the same one.',
        ko: '2⁵³ + 1은 들어가지 않아 2⁵³으로 반올림되지만, 1 − 2⁵³은 정확히 들어갑니다. 정확한 합은 2이므로 어느 순서도 맞지 않습니다. 그래서 약속하는 것은 정확한 합이 아니라 언제나 같은 합입니다.',
      },
    },
  ],
  example: 'many-workers.example.ts',
  data: { 'some-digits': someDigits },
  notebook: 'configuration',
  sources: [
    {
      source: 'B',
      where: { en: 'gradients of a mini-batch, their mean', ko: '미니배치의 기울기와 그 평균' },
    },
    {
      source: 'E',
      where: { en: 'training by batches in PyTorch', ko: 'PyTorch의 배치 학습' },
    },
  ],
};

// The words of the trade that pages use, one plain sentence each: the notebook's terms and the lessons' alike.
import type { Text } from './text.ts';

/** A term of the glossary. */
export interface Term {
  /** Names it in addresses. */
  readonly id: string;
  /** The word, in the singular. */
  readonly name: Text;
  /** Other words for the same that texts use. */
  readonly others?: Partial<Text<readonly string[]>>;
  /** One sentence that says what it is. */
  readonly meaning: Text;
}

function term(
  id: string,
  name: Text,
  meaning: Text,
  others: Partial<Text<readonly string[]>> = {},
): Term {
  return { id, name, meaning, others };
}

/** Every term, in the order of the English alphabet. */
export const glossary: readonly Term[] = [
  term(
    'accuracy',
    { en: 'accuracy', ko: '정확도' },
    {
      en: 'Share of predictions that are correct.',
      ko: '전체 예측 가운데 맞은 예측의 비율입니다.',
    },
  ),
  term(
    'activation-function',
    { en: 'activation function', ko: '활성화 함수' },
    {
      en: 'A function such as ReLU that a layer applies to each of its values; without it, many layers could compute no more than one.',
      ko: 'ReLU처럼 층의 값 하나하나에 적용하는 함수로, 이것이 없으면 층을 여러 개 쌓아도 층 하나와 다를 바 없습니다.',
    },
  ),
  term(
    'augmentation',
    { en: 'augmentation', ko: '데이터 증강' },
    {
      en: 'Shifting, rotating or otherwise varying the training images a little, so that the network learns from more than the images that it has.',
      ko: '훈련 이미지를 조금씩 옮기고 돌리는 등 변형하여 더 다양한 이미지로 학습하게 하는 방법입니다.',
    },
  ),
  term(
    'batch',
    { en: 'batch', ko: '배치' },
    {
      en: 'The images of one training step, whose gradients are averaged.',
      ko: '한 스텝에서 함께 학습하는 이미지 묶음으로, 이들의 기울기를 평균합니다.',
    },
  ),
  term(
    'batch-normalization',
    { en: 'batch normalization', ko: '배치 정규화' },
    {
      en: 'A layer that brings the values of each channel to mean 0 and deviation 1 over the batch, then scales and shifts them as it has learned.',
      ko: '배치 안에서 채널마다 값을 평균 0, 표준편차 1로 맞춘 다음 학습한 크기와 위치로 바꾸는 층입니다.',
    },
  ),
  term(
    'bias',
    { en: 'bias', ko: '편향' },
    {
      en: 'A learned number that a filter or unit adds to its weighted sum.',
      ko: '필터나 뉴런이 가중합에 더하는, 학습된 수입니다.',
    },
  ),
  term(
    'calibration',
    { en: 'calibration', ko: '보정' },
    {
      en: 'How well probabilities agree with what happens: of the predictions made with 80%, four in five should be correct.',
      ko: '확률이 실제와 얼마나 맞는지를 말하며, 80%로 예측한 것은 다섯 중 넷이 맞아야 합니다.',
    },
  ),
  term(
    'calibration-error',
    { en: 'expected calibration error', ko: '기대 보정 오차' },
    {
      en: 'The mean difference between confidence and accuracy (ECE), over bins weighted by their images; 0 is best.',
      ko: '구간별 확신도와 정확도의 차이를 이미지 수로 가중하여 평균한 값(ECE)으로, 0이 가장 좋습니다.',
    },
  ),
  term(
    'channel',
    { en: 'channel', ko: '채널' },
    {
      en: 'One of the planes of numbers that make up an image or the output of a layer: grey has one, colour has three, a convolution one for each filter.',
      ko: '이미지나 층의 출력을 이루는 수의 판으로, 회색 이미지는 한 개, 컬러 이미지는 세 개, 합성곱의 출력은 필터마다 하나입니다.',
    },
  ),
  term(
    'class',
    { en: 'class', ko: '클래스' },
    {
      en: 'One of the kinds that the model tells apart, such as the digit 7.',
      ko: '숫자 7처럼 모델이 구별하는 종류 하나입니다.',
    },
  ),
  term(
    'confidence',
    { en: 'confidence', ko: '확신도' },
    {
      en: 'The probability that the model gives the class it predicts.',
      ko: '모델이 예측한 클래스에 매긴 확률입니다.',
    },
  ),
  term(
    'confusion-matrix',
    { en: 'confusion matrix', ko: '혼동 행렬' },
    {
      en: 'A table with a row for each label and a column for each prediction, in whose cells images are counted.',
      ko: '행은 정답, 열은 예측인 표로, 칸마다 이미지 수를 적습니다.',
    },
    { ko: ['오차 행렬'] },
  ),
  term(
    'convolution',
    { en: 'convolution', ko: '합성곱' },
    {
      en: 'Moves a filter over the image and computes at each position the sum of the products of its weights and the values under them.',
      ko: '필터를 이미지 위로 움직이며 위치마다 가중치와 그 자리의 값을 곱하여 모두 더하는 연산입니다.',
    },
  ),
  term(
    'dead-filter',
    { en: 'dead filter', ko: '죽은 필터' },
    {
      en: 'A filter that gives the same output for every image, usually 0, and no longer learns.',
      ko: '어떤 이미지에나 같은 값, 대개 0을 내놓아 더는 배우지 못하는 필터입니다.',
    },
  ),
  term(
    'dropout',
    { en: 'dropout', ko: '드롭아웃' },
    {
      en: 'Sets randomly chosen values to 0 in each training step, so that no unit relies on a single other one.',
      ko: '학습 스텝마다 무작위로 고른 값을 0으로 만들어, 뉴런이 다른 뉴런 하나에만 의존하지 않게 합니다.',
    },
  ),
  term(
    'epoch',
    { en: 'epoch', ko: '에폭' },
    {
      en: 'One pass through all training images.',
      ko: '훈련 이미지 전체를 한 번 학습하는 단위입니다.',
    },
  ),
  term(
    'f1',
    { en: 'F1', ko: 'F1' },
    {
      en: 'The harmonic mean of precision and recall: high only where both are.',
      ko: '정밀도와 재현율의 조화 평균으로, 둘 다 높아야 높습니다.',
    },
  ),
  term(
    'feature-map',
    { en: 'feature map', ko: '특징 맵' },
    {
      en: 'The output of one filter at all positions: where in the image it finds what it responds to.',
      ko: '필터 하나가 모든 위치에서 낸 출력으로, 필터가 반응하는 것이 이미지의 어디에 있는지 나타냅니다.',
    },
  ),
  term(
    'filter',
    { en: 'filter', ko: '필터' },
    {
      en: 'A small window of learned weights that a convolution moves over the image.',
      ko: '합성곱이 이미지 위로 움직이는, 학습된 가중치의 작은 윈도우입니다.',
    },
  ),
  term(
    'fully-connected',
    { en: 'fully connected layer', ko: '완전연결층' },
    {
      en: 'A layer in which each output reads every input, with a weight of its own for each.',
      ko: '출력 하나하나가 모든 입력을 저마다 다른 가중치로 받는 층입니다.',
    },
    { en: ['fully connected', 'dense layer'], ko: ['완전연결', '완전연결 층'] },
  ),
  term(
    'grad-cam',
    { en: 'Grad-CAM', ko: 'Grad-CAM' },
    {
      en: 'Colours the places of a convolution’s maps that raise the logit of a class, found from its gradient.',
      ko: '합성곱의 맵에서 클래스의 로짓을 올리는 곳을 기울기로 찾아 칠하는 방법입니다.',
    },
  ),
  term(
    'gradient',
    { en: 'gradient', ko: '기울기' },
    {
      en: 'How much the loss, or another output, changes with each number that it depends on; training follows it downhill.',
      ko: '손실 같은 출력이 그것을 정하는 수마다 얼마나 변하는지 나타내며, 학습은 이를 따라 손실을 줄입니다.',
    },
  ),
  term(
    'hash',
    { en: 'SHA-256', ko: 'SHA-256' },
    {
      en: 'A hash: 64 digits computed from a file, equal for equal bytes and in practice for no others.',
      ko: '파일에서 계산한 64자리 해시로, 바이트가 같으면 같고 다르면 사실상 언제나 다릅니다.',
    },
    { en: ['hash'], ko: ['해시'] },
  ),
  term(
    'label',
    { en: 'label', ko: '정답' },
    {
      en: 'The class that an image belongs to, as the data set says.',
      ko: '데이터에 적힌, 이미지가 속하는 클래스입니다.',
    },
    { ko: ['레이블', '정답 레이블'] },
  ),
  term(
    'layer',
    { en: 'layer', ko: '층' },
    {
      en: 'One step of a network, such as a convolution or pooling, which reads the output of the one before it.',
      ko: '합성곱이나 풀링처럼 신경망을 이루는 단계 하나로, 앞 층의 출력을 입력으로 받습니다.',
    },
  ),
  term(
    'learning-rate',
    { en: 'learning rate', ko: '학습률' },
    {
      en: 'The factor that decides how far each step moves the parameters.',
      ko: '한 스텝에서 매개변수를 얼마나 움직일지 정하는 값입니다.',
    },
  ),
  term(
    'logit',
    { en: 'logit', ko: '로짓' },
    {
      en: 'The score that the network gives a class, before softmax makes probabilities of all of them.',
      ko: '소프트맥스가 확률로 바꾸기 전에 신경망이 클래스에 매긴 점수입니다.',
    },
  ),
  term(
    'loss',
    { en: 'loss', ko: '손실' },
    {
      en: 'A number that is large where predictions are far from the labels; training makes it smaller.',
      ko: '예측이 정답에서 멀수록 커지는 값으로, 학습은 이를 줄입니다.',
    },
  ),
  term(
    'normalization',
    { en: 'normalization', ko: '정규화' },
    {
      en: 'Bringing values to a common range, such as pixel values divided by 255.',
      ko: '픽셀값을 255로 나누는 것처럼 값을 일정한 범위로 맞추는 일입니다.',
    },
  ),
  term(
    'occlusion',
    { en: 'occlusion', ko: '가림' },
    {
      en: 'Covers one place of the image after another and measures how much the logit changes.',
      ko: '이미지의 곳곳을 차례로 가리면서 로짓이 얼마나 변하는지 재는 방법입니다.',
    },
  ),
  term(
    'optimizer',
    { en: 'optimizer', ko: '옵티마이저' },
    {
      en: 'The rule that computes from the gradients how the parameters change, such as Adam.',
      ko: 'Adam처럼 기울기로 매개변수를 어떻게 바꿀지 계산하는 방법입니다.',
    },
  ),
  term(
    'overfitting',
    { en: 'overfitting', ko: '과대적합' },
    {
      en: 'Learning the training images by heart: training accuracy still rises while test accuracy does not.',
      ko: '훈련 이미지를 외우는 것으로, 훈련 정확도는 올라가는데 시험 정확도는 올라가지 않습니다.',
    },
  ),
  term(
    'padding',
    { en: 'padding', ko: '패딩' },
    {
      en: 'Zeros put around an image, so that a filter can be placed at its edges, too.',
      ko: '가장자리에도 필터를 놓을 수 있도록 이미지 둘레에 덧붙이는 0입니다.',
    },
  ),
  term(
    'parameter',
    { en: 'parameter', ko: '매개변수' },
    {
      en: 'A number that training changes: a weight or a bias.',
      ko: '학습이 바꾸는 수, 곧 가중치와 편향입니다.',
    },
  ),
  term(
    'patch',
    { en: 'patch', ko: '조각' },
    {
      en: 'A small part of an image, as large as what a filter sees of it.',
      ko: '필터가 한 번에 보는 크기만큼 잘라 낸 이미지의 작은 부분입니다.',
    },
  ),
  term(
    'pooling',
    { en: 'pooling', ko: '풀링' },
    {
      en: 'Makes a map smaller: each window becomes one value, its largest or its mean.',
      ko: '윈도우마다 가장 큰 값이나 평균 하나만 남겨 맵을 줄이는 연산입니다.',
    },
  ),
  term(
    'precision',
    { en: 'precision', ko: '정밀도' },
    {
      en: 'Share of the images predicted as a class that belong to it.',
      ko: '어떤 클래스로 예측한 이미지 가운데 실제로 그 클래스인 것의 비율입니다.',
    },
  ),
  term(
    'prediction',
    { en: 'prediction', ko: '예측' },
    {
      en: 'The class to which the model gives the highest probability.',
      ko: '모델이 가장 높은 확률을 매긴 클래스입니다.',
    },
  ),
  term(
    'recall',
    { en: 'recall', ko: '재현율' },
    {
      en: 'Share of the images of a class that are predicted as it.',
      ko: '어떤 클래스의 이미지 가운데 그 클래스로 예측한 것의 비율입니다.',
    },
  ),
  term(
    'receptive-field',
    { en: 'receptive field', ko: '수용 영역' },
    {
      en: 'The part of the image on which one value of a layer depends.',
      ko: '층의 값 하나를 정하는 이미지의 영역입니다.',
    },
  ),
  term(
    'saliency-map',
    { en: 'saliency map', ko: '현저성 지도' },
    {
      en: 'Colours each pixel by how much the logit of a class changes with it.',
      ko: '클래스의 로짓이 픽셀마다 얼마나 변하는지를 색으로 나타낸 그림입니다.',
    },
    { en: ['saliency'], ko: ['현저성 맵'] },
  ),
  term(
    'seed',
    { en: 'seed', ko: '시드' },
    {
      en: 'The number from which all random numbers of a run follow: with the same seed, a run gives the same model.',
      ko: '실행의 모든 난수를 정하는 수로, 시드가 같으면 같은 모델이 나옵니다.',
    },
  ),
  term(
    'shape',
    { en: 'shape', ko: '형상' },
    {
      en: 'The sizes of an array, here channels × rows × columns.',
      ko: '배열의 크기로, 여기서는 채널 × 행 × 열입니다.',
    },
  ),
  term(
    'shard',
    { en: 'shard', ko: '샤드' },
    {
      en: 'A part of a batch that one worker computes at a time.',
      ko: '워커 하나가 한 번에 계산하는 배치의 일부입니다.',
    },
  ),
  term(
    'softmax',
    { en: 'softmax', ko: '소프트맥스' },
    {
      en: 'Makes probabilities of logits: each is positive, and together they are 1.',
      ko: '로짓을 확률로 바꾸는 함수로, 확률은 모두 0보다 크고 합은 1입니다.',
    },
  ),
  term(
    'step',
    { en: 'step', ko: '스텝' },
    {
      en: 'One update of the parameters, from the gradients of one batch.',
      ko: '배치 하나의 기울기로 매개변수를 한 번 갱신하는 단위입니다.',
    },
  ),
  term(
    'stride',
    { en: 'stride', ko: '스트라이드' },
    {
      en: 'How many pixels the window moves from one position to the next.',
      ko: '윈도우가 한 번에 움직이는 픽셀 수입니다.',
    },
  ),
  term(
    'test-set',
    { en: 'test set', ko: '시험 집합' },
    {
      en: 'Images kept away from training, on which the trained model is measured.',
      ko: '학습에 쓰지 않고 남겨 두었다가 학습된 모델을 재는 데 쓰는 이미지들입니다.',
    },
    { en: ['test image'], ko: ['시험 이미지'] },
  ),
  term(
    'validation-set',
    { en: 'validation set', ko: '검증 집합' },
    {
      en: 'Training images held out to choose settings, or the moment to stop.',
      ko: '설정이나 학습을 멈출 때를 고르려고 훈련 이미지에서 떼어 둔 이미지들입니다.',
    },
  ),
  term(
    'weight',
    { en: 'weight', ko: '가중치' },
    {
      en: 'A learned number by which an input is multiplied.',
      ko: '입력에 곱하는, 학습된 수입니다.',
    },
  ),
  term(
    'worker',
    { en: 'worker', ko: '워커' },
    {
      en: 'A thread that computes shards of the batch beside the others.',
      ko: '다른 스레드와 나란히 배치의 샤드를 계산하는 스레드입니다.',
    },
  ),
];

/** Words of trouble, to be denied ("no more spinning"). */
export const trouble =
  'spinning|spinner|stuck|waiting|error|errors|message|grey|greyed|missing|blank|frozen|freezing|crash|crashing|crashes|problem|problems|issue|issues|trouble|wheel|updating|uploading|gone|empty|broken'

/** Words of success. */
export const works =
  'works?|worked|working|helps?|helped|fixed|solved|resolved|sorted|cured|(?:that|this|which) did it|did the trick|done the trick|(?:that|this) does it'

using TrainingSite.Courses.Offline;

namespace TrainingSite.Courses.Models;

/// <summary>The module's tables, and what was true on a day.</summary>
public static class CoursesData
{
    extension(SiteDbContext db)
    {
        /// <summary>The topic catalogue.</summary>
        public DbSet<Topic> Topics => db.Set<Topic>();

        /// <summary>Courses in every state.</summary>
        public DbSet<Course> Courses => db.Set<Course>();

        /// <summary>What is to become of courses' working copies.</summary>
        public DbSet<Publication> Publications => db.Set<Publication>();

        /// <summary>Courses as they were published.</summary>
        public DbSet<CourseVersion> CourseVersions => db.Set<CourseVersion>();

        /// <summary>Which course is to be completed before which.</summary>
        public DbSet<CoursePrerequisite> CoursePrerequisites => db.Set<CoursePrerequisite>();

        /// <summary>Learning paths, unpublished ones too.</summary>
        public DbSet<LearningPath> LearningPaths => db.Set<LearningPath>();

        /// <summary>Places of courses in learning paths.</summary>
        public DbSet<LearningPathCourse> LearningPathCourses => db.Set<LearningPathCourse>();

        /// <summary>Lessons.</summary>
        public DbSet<Lesson> Lessons => db.Set<Lesson>();

        /// <summary>Skill checklists.</summary>
        public DbSet<Skill> Skills => db.Set<Skill>();

        /// <summary>Questions, retired ones too.</summary>
        public DbSet<Question> Questions => db.Set<Question>();

        /// <summary>Attempts at quizzes.</summary>
        public DbSet<QuizAttempt> QuizAttempts => db.Set<QuizAttempt>();

        /// <summary>Progress in lessons.</summary>
        public DbSet<LessonProgress> LessonProgress => db.Set<LessonProgress>();

        /// <summary>Attendance of sessions, by topic.</summary>
        public DbSet<AttendanceCredit> AttendanceCredits => db.Set<AttendanceCredit>();

        /// <summary>Completions, revoked ones too.</summary>
        public DbSet<Completion> Completions => db.Set<Completion>();

        /// <summary>What devices told of learning without a network.</summary>
        public DbSet<LearningEvent> LearningEvents => db.Set<LearningEvent>();

        /// <summary>Quizzes drawn beforehand for devices.</summary>
        public DbSet<QuizPaper> QuizPapers => db.Set<QuizPaper>();

        /// <summary>A person's attempts at a course's quiz, in their order, to look at.</summary>
        public IQueryable<QuizAttempt> AttemptsOf(Guid personId, Guid courseId) =>
            db.Set<QuizAttempt>().AsNoTracking().Where(attempt => attempt.PersonId == personId && attempt.CourseId == courseId).OrderBy(attempt => attempt.Number);
    }

    /// <summary>The completions that are not revoked; what has expired is among them, so this is for who tells both apart. What counts is <see cref="Current"/>.</summary>
    public static IQueryable<Completion> NotRevoked(this IQueryable<Completion> completions) =>
        completions.Where(completion => completion.RevokedUtc == null);

    /// <summary>The completions that hold at a time: neither revoked nor expired.</summary>
    public static IQueryable<Completion> Current(this IQueryable<Completion> completions, DateTime utcNow) =>
        completions.Where(completion => completion.RevokedUtc == null && (completion.ExpiresUtc == null || completion.ExpiresUtc > utcNow));

    /// <summary>The completions that held at the end of a day in Vietnam.</summary>
    public static IQueryable<Completion> On(this IQueryable<Completion> completions, DateOnly day)
    {
        var end = VietnamTime.ToUtc(day.AddDays(1).ToDateTime(TimeOnly.MinValue));
        return completions.Where(completion => (completion.ResumedUtc ?? completion.CompletedUtc) < end && (completion.RevokedUtc == null || completion.RevokedUtc >= end) && (completion.ExpiresUtc == null || completion.ExpiresUtc >= end));
    }
}
